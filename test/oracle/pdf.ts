import { spawnSync } from 'node:child_process';
import type { IssuedLine } from './register.ts';
import { saysAmount, saysDate } from './said.ts';

/** True where poppler's pdftotext is installed; without it PDFs are not read, and the journey says so. */
export const canReadPdf = spawnSync('pdftotext', ['-v']).error === undefined;

/** The text of a PDF in reading order, white space as one blank. */
export function pdfText(pdf: Buffer): string {
  const { stdout, status, stderr } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(`pdftotext failed: ${stderr}`);
  return stdout.toString('utf8').replaceAll(/\s+/g, ' ');
}

/** Which of a document's facts its page does not say. */
export function pdfFaults(pdf: Buffer, line: IssuedLine): string[] {
  const text = pdfText(pdf);
  const amounts = [line.net, line.gross, ...line.vat.flatMap(({ base, amount }) => [base, amount])];
  return [
    ...[line.number, line.ocn, line.bcn].filter((word) => !text.includes(word)).map((word) => `lacks ${word}`),
    ...amounts.filter((amount) => !saysAmount(text, amount)).map((amount) => `lacks the amount ${amount}`),
    ...(saysDate(text, line.issueDate) ? [] : [`lacks the issue date ${line.issueDate}`]),
    ...(Number(line.gross) === 0 || line.type !== 'invoice' || saysDate(text, line.dueDate) ? [] : [`lacks the due date ${line.dueDate}`]),
  ].map((fault) => `${line.number} (${line.bcn}): ${fault}`);
}
