import { PermanentError } from '../../events/failure.ts';

/** A usage file that cannot be read. Says the file, the line, the field, the value and what would be right. */
export class UsageFileError extends PermanentError {
  constructor(place: { file: string; line: number; field?: string; value?: string }, right: string) {
    const { file, line, field, value } = place;
    const where = `${file} line ${line}`;
    super(
      field === undefined
        ? `${where}: ${right}`
        : `${where}, field ${field}: ${JSON.stringify(shortened(value ?? ''))} is found, ${right} is expected`,
      field,
    );
    this.name = 'UsageFileError';
  }
}

function shortened(value: string): string {
  return value.length > 80 ? `${value.slice(0, 77)}... (${value.length} characters)` : value;
}
