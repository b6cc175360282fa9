/** Enough of an address for its owner to know it, and for nobody else: `a…@acme.example`. */
export function masked(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email][0] ?? ''}…${email.slice(at)}`;
}
