/** What `templates/build.ts` writes: it exists only after a build, so its shape is told here. */
declare module '*/build/templates/templates.mjs' {
  interface Built {
    readonly html: TemplateSpecification;
    readonly text: TemplateSpecification;
    readonly words: Readonly<Record<string, Words>>;
  }
  type Words = { readonly [key: string]: string | Words };
  /** Of everything in here: another one after a text or a layout was changed. 12 hexadecimal digits. */
  export const version: string;
  export const templates: Readonly<
    Record<
      'invoice' | 'documents-ready' | 'works' | 'works-answer' | 'settings-link' | 'first-invoice-review' | 'first-invoice-query-received',
      Built
    >
  >;
}
