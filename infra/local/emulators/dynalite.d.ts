/** dynalite ships no types; these are the inner parts that the DynamoDB emulator runs over its own storage. */
declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(data: unknown, types: unknown): Record<string, unknown>;
    checkValidations(data: unknown, types: unknown, custom: unknown, store: unknown): void;
  };
  export = validations;
}

declare module 'dynalite/db/index.js' {
  const db: {
    createKey(item: unknown, table: unknown): string;
    itemSize(item: unknown): number;
  };
  export = db;
}
