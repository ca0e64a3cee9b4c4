/**
 * `npm run bench [-- --json] [--quick]`: overhead beside other proxies.
 * `npm run bench -- descriptors [--samples FOLDER] [--json]`: what the descriptor checks find.
 * `npm run bench -- audit [--records N] [--json] [--quick]`: searching, writing and verifying a large ledger.
 * `npm run bench -- sync [--json] [--quick]`: records a second into one collector and one PostgreSQL.
 */
import { parseArgs } from 'node:util';
import { measureAudit } from './audit.ts';
import { scoreDescriptors } from './descriptors.ts';
import { measureOverhead } from './overhead.ts';
import { measureSync } from './sync.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    records: { type: 'string' },
    quick: { type: 'boolean', default: false },
    samples: { type: 'string' },
  },
});

const [suite = 'overhead'] = positionals;
if (suite === 'overhead') await measureOverhead(values);
else if (suite === 'descriptors') await scoreDescriptors(values);
else if (suite === 'audit') await measureAudit(values);
else if (suite === 'sync') await measureSync(values);
else throw new Error(`There is no suite ${suite}: overhead, descriptors, audit or sync.`);
