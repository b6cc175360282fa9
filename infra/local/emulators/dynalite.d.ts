/** dynalite ships no types; these are the inner parts that the DynamoDB emulator runs over its own storage. */
declare module 'dynalite/validations/index.js' {
  export function checkTypes(data: unknown, types: unknown): Record<string, unknown>;
  export function checkValidations(data: unknown, types: unknown, custom: unknown, store: unknown): void;
  const validations: { checkTypes: typeof checkTypes; checkValidations: typeof checkValidations };
  export default validations;
}

declare module 'dynalite/db/index.js' {
  const db: {
    createKey(item: unknown, table: unknown): string;
    itemSize(item: unknown): number;
  };
  export default db;
}
