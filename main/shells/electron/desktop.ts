/** The desktop app, put together. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { app, type BrowserWindow, dialog, globalShortcut, Notification, powerMonitor } from 'electron';
import { z } from 'zod';
import { openApi } from '../../adapters/socket/rpc.ts';
import { foldersFor } from '../../adapters/system/paths.ts';
import type { AskAnswer } from '../../contract/ask.ts';
import { SHOW_PROMPT_CHANNEL } from '../../contract/bridge.ts';
import { Refused } from '../../contract/refusal.ts';
import { openApprovalWindow } from './approvalWindow.ts';
import { askNotice } from './askNotice.ts';
import { followClients } from './clientNotices.ts';
import { guardContents } from './contentsGuard.ts';
import { DaemonKeeper } from './daemonKeeper.ts';
import { startDaemon } from './daemonProcess.ts';
import { Doors } from './doors.ts';
import { replaceForeignDaemon } from './foreignDaemon.ts';
import { forwardRouter } from './forwardRouter.ts';
import { listen } from './guardedIpc.ts';
import { openMainWindow } from './mainWindow.ts';
import { KnownMark } from './marked.ts';
import { setMenu } from './menu.ts';
import { offeredToApproval, offeredToMain } from './offered.ts';
import { offerRestart } from './offerRestart.ts';
import { openLink } from './openLink.ts';
import { APPROVAL_PAGE, MAIN_PAGE } from './pages.ts';
import { findPrograms } from './programs.ts';
import { Prompter } from './prompter.ts';
import { registerSchemes } from './schemes.ts';
import { registerShortcut } from './shortcut.ts';
import { showNotice } from './showNotice.ts';
import { findSystemAuthentication } from './systemAuthentication.ts';
import { openTray } from './tray.ts';
import { openWindowDoor } from './windowDoor.ts';

/** Opens the desktop app, once per user and folder: a second start brings the first one's window to the front. */
export function openDesktop(): void {
  const folders = foldersFor(process.env, process.platform, app.isPackaged);
  app.setName('Countersign');
  app.setPath('userData', join(folders.state, 'app'));
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  // Started from a terminal that has since been closed: nobody reads, which is no reason to fail.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  app.enableSandbox();
  registerSchemes();
  setMenu();
  const doors = new Doors();
  const mark = new KnownMark(doors);
  guardContents(app, (url) => void mark.words().then((words) => openLink(url, words)));
  void app.whenReady().then(() => compose(folders.state, doors, mark));
}

/** Switches everything off; when that cannot be done the person is told, and shown where calls come from. */
async function stopEverything(doors: Doors): Promise<void> {
  try {
    await doors.app().switches.kill({ scope: { kind: 'all' } });
    new Notification({
      title: 'Everything is stopped',
      body: 'Calls are refused until you switch it on again.',
    }).show();
  } catch (error) {
    dialog.showErrorBox('Not everything could be stopped', error instanceof Error ? error.message : String(error));
  }
}

/** Becomes an ask in the approval window, where alone it can be agreed to. */
async function revive(doors: Doors): Promise<void> {
  try {
    await doors.app().switches.revive({ scope: { kind: 'all' } });
  } catch (error) {
    dialog.showErrorBox('It cannot be switched on now', error instanceof Error ? error.message : String(error));
  }
}

function compose(state: string, doors: Doors, mark: KnownMark): void {
  const programs = findPrograms(import.meta.dirname, app.isPackaged, process.resourcesPath);
  const approval = openApprovalWindow(programs, (why) => void prompter.dismiss(why));
  const prompter = new Prompter({
    show: approval.show,
    hide: approval.hide,
    attended: () => main?.isFocused() === true || approval.window.isFocused(),
    count: (open, stopped) =>
      tray.say(stopped ? 'everything is stopped' : open === 0 ? 'guarding' : 'waiting for you', open, stopped),
    notify: (newest, waiting, open) => showNotice(askNotice(newest, waiting), open),
  });
  const approvalSender = { contents: approval.window.webContents, page: APPROVAL_PAGE };
  const authentication = findSystemAuthentication();
  const approvalRouter = forwardRouter(doors.approval, offeredToApproval, async (path, input) => {
    if (path === 'asks.shown') prompter.inSight((input as { id: string }).id);
    // The page can only ask for it: whether the person was there is for this process to find out.
    if (path !== 'asks.answer' || !(input as AskAnswer).system) return;
    if (!(await (await authentication)?.ask())) throw new Refused('SYSTEM_DECLINED');
  });
  const approvalDoor = openWindowDoor(approvalSender, approvalRouter, doors.ready);

  let main: BrowserWindow | null = null;
  let closeMainDoor = () => {};
  const mainRouter = forwardRouter(doors.app, offeredToMain);
  const openMain = () => {
    if (main !== null) {
      main.show();
      return;
    }
    main = openMainWindow(programs);
    const sender = { contents: main.webContents, page: MAIN_PAGE };
    const stopListening = listen(SHOW_PROMPT_CHANNEL, sender, z.tuple([]), () => prompter.reach());
    closeMainDoor = openWindowDoor(sender, mainRouter, doors.ready).close;
    main.on('closed', () => {
      stopListening();
      main = null;
    });
  };

  const keeper = new DaemonKeeper({
    async start() {
      await replaceForeignDaemon(state);
      return startDaemon(programs.node, programs.daemon, process.env);
    },
    async adopt(daemon) {
      const link = openApi(daemon.app).api;
      await link.daemon.status();
      const approvalLink = openApi(daemon.approval).api;
      await approvalLink.proof.offer({ system: (await authentication)?.kind ?? null });
      doors.open({ app: link, approval: approvalLink });
      void mark.words();
      tray.say('guarding', 0);
      void followClients(link, (notice) => showNotice(notice, openMain)).catch(() => {});
      await prompter.follow(link);
    },
    lost(reason, delay) {
      doors.shut();
      closeMainDoor();
      approvalDoor.close();
      tray.say(delay === null ? 'stopped' : 'starting again', 0);
      console.error(`The daemon is gone. ${reason}`);
      if (delay === null) void mark.words().then((words) => offerRestart(reason, words, () => void keeper.run()));
    },
    now: () => performance.now(),
    wait: (ms) => wait(ms),
  });

  const shortcut = registerShortcut(() => prompter.reach());
  const tray = openTray(programs.icons, shortcut, {
    openMain,
    reachPrompt: () => prompter.reach(),
    stopEverything: () => void stopEverything(doors),
    revive: () => void revive(doors),
    quit: () => app.quit(),
  });

  app.on('second-instance', openMain);
  app.on('activate', openMain);
  // The app lives in the tray when its main window is closed.
  app.on('window-all-closed', () => {});
  powerMonitor.on('lock-screen', () => void prompter.dismiss('The screen was locked.'));
  app.once('before-quit', (event) => {
    event.preventDefault();
    globalShortcut.unregisterAll();
    void keeper.stop().finally(() => app.exit(0));
  });

  openMain();
  void keeper.run();
}
