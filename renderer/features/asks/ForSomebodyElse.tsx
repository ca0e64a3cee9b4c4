import { useState } from 'react';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useAnswerToHandBack } from '../../link/queries.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextArea } from '../../ui/Field.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { Block } from './Block.tsx';

/** Being the second person for a call on somebody else's machine: the request goes in, the signed answer comes out. */
export function ForSomebodyElse({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [request, setRequest] = useState('');
  const consider = useProposal((link) => link.second.consider({ request }));
  const agreed = consider.view?.state === 'approved' ? consider.view.id : null;
  const answer = useAnswerToHandBack(agreed);
  const close = () => {
    setRequest('');
    consider.dismiss();
    onClose();
  };
  return (
    <Dialog
      wide
      open={open}
      onClose={close}
      title="Approve for somebody else"
      note="Some calls need two people. You see all of it in the approval window; it runs on their machine, not here."
    >
      {agreed === null ? (
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            consider.propose();
          }}
        >
          <TextArea
            mono
            label="The request they gave you"
            rows={8}
            value={request}
            placeholder="-----BEGIN COUNTERSIGN REQUEST-----"
            onChange={(event) => setRequest(event.target.value)}
          />
          <ProposalNotice proposal={consider} />
          <FormEnd
            onCancel={close}
            verb="Look at it"
            busy={consider.busy}
            disabled={request.trim() === '' || consider.view?.state === 'open'}
          />
        </form>
      ) : (
        <Await query={answer} rows={3}>
          {({ text }) => (
            <div className="space-y-3">
              <Block title="Hand this answer back to them" text={text} />
              <p className="text-sm text-ink-soft">It is good for that one call, and only until their request ends.</p>
              <div className="flex justify-end">
                <Button look="primary" onClick={close}>
                  Done
                </Button>
              </div>
            </div>
          )}
        </Await>
      )}
    </Dialog>
  );
}
