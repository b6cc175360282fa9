/** The part of Handlebars that runs precompiled templates; its own types only know it without the `.js` that Node asks for. */
declare module 'handlebars/runtime.js' {
  const runtime: Pick<typeof Handlebars, 'template'>;
  export = runtime;
}
