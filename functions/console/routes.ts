import { decideAct } from './approval-acts.ts';
import { approvalDetailPage, approvalsPage } from './approvals-page.ts';
import { auditPage, findActs } from './audit-page.ts';
import type { ConsoleAct, ConsoleRole, ReadPage } from './console-page.ts';
import { correctAct } from './correct-acts.ts';
import { correctPage } from './correct-page.ts';
import { monthPage } from './month-page.ts';
import { parkedPage } from './parked-page.ts';
import type { Path } from './paths.ts';
import { rerunAct } from './rerun-acts.ts';
import { rerunPage } from './rerun-page.ts';
import { brakeAct } from './run-acts.ts';
import { runPage } from './run-page.ts';

/** A page that is asked for by GET: it only reads. */
interface PageRoute extends Path {
  readonly page: ReadPage;
}

/** A form, sent by POST; `needs` is the role that it takes. `view` is for what only reads, such as a search. */
interface ActRoute extends Path {
  readonly needs: ConsoleRole;
  readonly act: ConsoleAct;
}

/** Every page of the console, by path. */
export const PAGES: readonly PageRoute[] = [
  { path: '/', page: monthPage },
  { path: '/runs/{period}/{calendar}', page: runPage },
  { path: '/audit', page: auditPage },
  { path: '/parked/{period}/{calendar}', page: parkedPage },
  { path: '/rerun', page: rerunPage },
  { path: '/correct', page: correctPage },
  { path: '/approvals', page: approvalsPage },
  { path: '/approvals/{id}', page: approvalDetailPage },
];

/** Everything that people do in the console, by path. */
export const ACTS: readonly ActRoute[] = [
  { path: '/runs/{period}/{calendar}', needs: 'act', act: brakeAct },
  { path: '/audit', needs: 'view', act: findActs },
  { path: '/rerun', needs: 'act', act: rerunAct },
  { path: '/correct', needs: 'act', act: correctAct },
  { path: '/approvals/{id}', needs: 'act', act: decideAct },
];
