/** The part of pdfmake that the bench drives; the package has no declarations of its own. */
declare module 'pdfmake' {
  const pdfmake: {
    setUrlAccessPolicy(allows: () => boolean): void;
    setLocalAccessPolicy(allows: () => boolean): void;
    setFonts(fonts: Record<string, { normal: string; bold: string }>): void;
    createPdf(definition: object): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfmake;
}
