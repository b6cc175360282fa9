/** What a Lambda function is made of; what it may touch and what calls it is said by the stack that creates it. */
export interface FunctionSpec {
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** Files of the repository that the code reads at run time; they lie at the same path beside the bundle. */
  readonly files?: readonly string[];
}

/** A function has one CPU from here on. */
const ONE_CPU = 1769;

/** The fonts of the documents (functions/documents/fonts.ts), found at run time by the same package names as in the repository. */
const FONTS = [
  'node_modules/@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  'node_modules/@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  'node_modules/@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  'node_modules/@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
];

/** Every Lambda function of carrierpost, by name. */
export const FUNCTIONS = {
  intake: { entry: 'functions/intake/intake.handler.ts', timeoutSeconds: 900, memoryMegabytes: 1024 },
  billing: { entry: 'functions/billing/billing.handler.ts', timeoutSeconds: 300, memoryMegabytes: 1024 },
  prepare: { entry: 'functions/billing/prepare.handler.ts', timeoutSeconds: 300, memoryMegabytes: ONE_CPU, files: FONTS },
  number: { entry: 'functions/billing/number.handler.ts', timeoutSeconds: 120, memoryMegabytes: 512 },
  render: { entry: 'functions/billing/render.handler.ts', timeoutSeconds: 300, memoryMegabytes: ONE_CPU, files: FONTS },
  ledger: { entry: 'functions/billing/ledger.handler.ts', timeoutSeconds: 300, memoryMegabytes: 512 },
  deliver: { entry: 'functions/billing/deliver.handler.ts', timeoutSeconds: 300, memoryMegabytes: 512 },
  print: { entry: 'functions/billing/print.handler.ts', timeoutSeconds: 300, memoryMegabytes: 512 },
  'first-invoices': { entry: 'functions/first-invoice/first-invoices.handler.ts', timeoutSeconds: 60, memoryMegabytes: 512 },
  'first-invoice-sweep': { entry: 'functions/first-invoice/sweep.handler.ts', timeoutSeconds: 120, memoryMegabytes: 512 },
  'calendar-day': { entry: 'functions/billing/calendar-day.handler.ts', timeoutSeconds: 60, memoryMegabytes: 512 },
  'billing-sweep': { entry: 'functions/billing/sweep.handler.ts', timeoutSeconds: 120, memoryMegabytes: 512 },
  'send-emergency': { entry: 'functions/messages/send.handler.ts', timeoutSeconds: 60, memoryMegabytes: 512 },
  'send-works': { entry: 'functions/messages/send.handler.ts', timeoutSeconds: 60, memoryMegabytes: 512 },
  'send-invoices': { entry: 'functions/messages/send.handler.ts', timeoutSeconds: 60, memoryMegabytes: 512 },
  'send-other': { entry: 'functions/messages/send.handler.ts', timeoutSeconds: 60, memoryMegabytes: 512 },
  'ses-events': { entry: 'functions/messages/ses-events.handler.ts', timeoutSeconds: 60, memoryMegabytes: 256 },
  'mail-sweep': { entry: 'functions/messages/sweep.handler.ts', timeoutSeconds: 50, memoryMegabytes: 512 },
  'public-pages': { entry: 'functions/documents/pages.handler.ts', timeoutSeconds: 10, memoryMegabytes: 512 },
  'documents-api': { entry: 'functions/documents/documents-api.handler.ts', timeoutSeconds: 20, memoryMegabytes: 512 },
  'self-service': { entry: 'functions/self-service/self-service.handler.ts', timeoutSeconds: 25, memoryMegabytes: 512 },
  'review-pages': { entry: 'functions/first-invoice/review-pages.handler.ts', timeoutSeconds: 20, memoryMegabytes: ONE_CPU, files: FONTS },
  console: { entry: 'functions/console/console.handler.ts', timeoutSeconds: 25, memoryMegabytes: ONE_CPU },
  'console-acts': { entry: 'functions/console/acts.handler.ts', timeoutSeconds: 28, memoryMegabytes: ONE_CPU, files: FONTS },
  'console-sign-in': { entry: 'functions/console/sign-in.handler.ts', timeoutSeconds: 20, memoryMegabytes: 512 },
  'console-authorizer': { entry: 'functions/console/authorizer.handler.ts', timeoutSeconds: 5, memoryMegabytes: 512 },
  'works-replies': { entry: 'functions/planned-works/replies.handler.ts', timeoutSeconds: 60, memoryMegabytes: 512 },
  'unsubscribe-mails': { entry: 'functions/self-service/unsubscribe-mails.handler.ts', timeoutSeconds: 60, memoryMegabytes: 512 },
  works: { entry: 'functions/planned-works/works.handler.ts', timeoutSeconds: 120, memoryMegabytes: 512 },
  'works-tell': { entry: 'functions/planned-works/tell.handler.ts', timeoutSeconds: 120, memoryMegabytes: 512 },
  'works-sweep': { entry: 'functions/planned-works/sweep.handler.ts', timeoutSeconds: 60, memoryMegabytes: 256 },
  'works-feed': { entry: 'functions/planned-works/feed.handler.ts', timeoutSeconds: 10, memoryMegabytes: 512 },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof FUNCTIONS;

/** The bundle of a function: several functions may share an entry, then they share its bundle. `billing-render` */
export function bundleOf(name: FunctionName): string {
  return FUNCTIONS[name].entry
    .replace(/^functions\//, '')
    .replace(/\.handler\.ts$/, '')
    .replaceAll('/', '-');
}
