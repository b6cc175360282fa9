import { accountPage } from './account-page.ts';
import { decideAct } from './approval-acts.ts';
import { approvalDetailPage, approvalsPage } from './approvals-page.ts';
import { auditPage, findActs } from './audit-page.ts';
import type { ConsoleAct, ConsoleRole, ReadPage } from './console-page.ts';
import { correctAct } from './correct-acts.ts';
import { correctPage } from './correct-page.ts';
import { customerPage } from './customer-page.ts';
import { dropHeldMessage, heldMessagePage, releaseHeldMessage } from './held-page.ts';
import { holdsPage } from './holds-page.ts';
import { messagePage } from './message-page.ts';
import { monthPage } from './month-page.ts';
import { parkedPage } from './parked-page.ts';
import type { Path } from './paths.ts';
import { rerunAct } from './rerun-acts.ts';
import { rerunPage } from './rerun-page.ts';
import { extendReview, rejectReview, releaseReview } from './review-acts.ts';
import { reviewPage } from './review-page.ts';
import { reviewsPage } from './reviews-page.ts';
import { brakeAct } from './run-acts.ts';
import { runPage } from './run-page.ts';
import { search, searchPage } from './search-page.ts';
import { finishOneTask, taskPage, tasksPage } from './tasks-page.ts';
import { worksListPage } from './works-list-page.ts';
import { releaseHeldWorks, worksPage } from './works-page.ts';

/** A page that is asked for by GET: it only reads. */
interface PageRoute extends Path {
  readonly page: ReadPage;
}

/** A form, sent by POST; `needs` is the role that it takes. `view` is for what only reads, such as a search. */
interface ActRoute extends Path {
  readonly needs: ConsoleRole;
  readonly act: ConsoleAct;
}

/** Every page of the console, by path. Entries stand here one by one: what is spread cannot be left out of the bundle that does not need it. */
export const PAGES: readonly PageRoute[] = [
  { path: '/', page: monthPage },
  { path: '/runs/{period}/{calendar}', page: runPage },
  { path: '/search', page: searchPage },
  { path: '/accounts/{bcn}', page: accountPage },
  { path: '/customers/{ocn}', page: customerPage },
  { path: '/messages/{messageId}', page: messagePage },
  { path: '/holds', page: holdsPage },
  { path: '/holds/{messageId}', page: heldMessagePage },
  { path: '/reviews', page: reviewsPage },
  { path: '/reviews/{bcn}/{period}', page: reviewPage },
  { path: '/works', page: worksListPage },
  { path: '/works/{worksId}', page: worksPage },
  { path: '/tasks', page: tasksPage },
  { path: '/tasks/{taskId}', page: taskPage },
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
  { path: '/search', needs: 'view', act: search },
  { path: '/holds/{messageId}/release', needs: 'act', act: releaseHeldMessage },
  { path: '/holds/{messageId}/drop', needs: 'act', act: dropHeldMessage },
  { path: '/reviews/{bcn}/{period}/release', needs: 'act', act: releaseReview },
  { path: '/reviews/{bcn}/{period}/extend', needs: 'act', act: extendReview },
  { path: '/reviews/{bcn}/{period}/reject', needs: 'act', act: rejectReview },
  { path: '/works/{worksId}/release', needs: 'act', act: releaseHeldWorks },
  { path: '/tasks/{taskId}/done', needs: 'act', act: finishOneTask },
  { path: '/audit', needs: 'view', act: findActs },
  { path: '/rerun', needs: 'act', act: rerunAct },
  { path: '/correct', needs: 'act', act: correctAct },
  { path: '/approvals/{id}', needs: 'act', act: decideAct },
];
