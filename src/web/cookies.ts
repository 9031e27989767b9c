/** The cookies SITEC sets, but for an answer that waits for the sign-in. `__Host-` keeps the session to this very origin, over TLS (or localhost). */
export const sessionCookie = '__Host-sitec'
export const languageCookie = 'sitec-language'

/** Set-Cookie for a session token; an empty one ends it. */
export function setSession(token: string): string {
  const life = token === '' ? 'Max-Age=0' : 'Max-Age=43200'
  return `${sessionCookie}=${token}; Path=/; HttpOnly; Secure; SameSite=Lax; ${life}`
}

/** Set-Cookie for the language of who is not signed in. */
export function setLanguage(language: string): string {
  return `${languageCookie}=${language === 'en' ? 'en' : 'it'}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=31536000`
}

/** The value of a cookie, or null. */
export function readCookie(header: string | null | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=')
    if (key === name) return value.join('=') || null
  }
  return null
}
