/** The cookie of who is signed in. `__Host-`: no other host, also no subdomain, can set one of that name, and it goes to this host only. */
export const SESSION_COOKIE = '__Host-session';
/** The cookie of a sign-in on its way to the identity provider and back. */
export const SIGN_IN_COOKIE = '__Host-sign-in';

/**
 * `Lax`, not `Strict`: people come back from the identity provider, which is another site, and a strict cookie would not be sent on that
 * first page. What changes something is a POST, to which a lax cookie is not sent from other sites.
 */
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The value of a cookie; undefined when it was not sent, or twice with different values. */
export function cookieNamed(name: string, cookies: readonly string[]): string | undefined {
  const values = new Set(cookies.filter((cookie) => cookie.startsWith(`${name}=`)).map((cookie) => cookie.slice(name.length + 1)));
  return values.size === 1 ? [...values][0] : undefined;
}

/**
 * `Set-Cookie` for a cookie that scripts cannot read.
 * @param seconds how long it lives; without them until the browser is closed
 */
export function setCookie(name: string, value: string, seconds?: number): string {
  return `${name}=${value}; ${ATTRIBUTES}${seconds === undefined ? '' : `; Max-Age=${seconds}`}`;
}

/** `Set-Cookie` that makes the browser forget a cookie. */
export function forgetCookie(name: string): string {
  return setCookie(name, '', 0);
}
