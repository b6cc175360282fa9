/** MJML 5 brings no types; this is what `build.ts` uses of it. */
declare module 'mjml' {
  interface Outcome {
    readonly html: string;
    readonly errors: readonly { readonly formattedMessage: string }[];
  }
  function mjml2html(source: string, options: { validationLevel: 'strict'; keepComments: boolean; fonts: object }): Promise<Outcome>;
  export = mjml2html;
}
