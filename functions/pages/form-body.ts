/** What a form said: by field, the last value of each. */
export type FormFields = ReadonlyMap<string, string>;

/** A settings form of a contact with hundreds of accounts is a tenth of this. */
export const MAX_FORM_BYTES = 256 * 1024;

/**
 * Reads a form as browsers and mail programs send it: `application/x-www-form-urlencoded` or `multipart/form-data`.
 * @returns undefined for everything else, and for what only claims to be one
 */
export async function readForm(body: Buffer, contentType: string | undefined): Promise<FormFields | undefined> {
  if (body.length > MAX_FORM_BYTES || !/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(contentType ?? ''))
    return undefined;
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType ?? '' } }).formData();
    return new Map([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
  } catch {
    return undefined;
  }
}
