/** Which passwords are refused. Length matters, composition rules do not (NIST SP 800-63B §5.1.1). Pure. */

export const shortestPassword = 12

// Only those long enough to pass the length rule; what repeats or counts is caught by rule.
const obvious = [
  'password',
  'passw0rd',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'zxcvbnm',
  'letmein',
  'welcome',
  'benvenuto',
  'benvenuta',
  'amministratore',
  'administrator',
  'admin',
  'comune',
  'palermo',
  'sitec',
  'cambiami',
  'changeme',
  'segreto',
  'ciaociao',
  'iloveyou',
  'juventus',
  'italia',
]

/** Why a password is refused, or null. */
export function passwordProblem(password: string, email: string): 'short' | 'obvious' | 'is_email' | null {
  if ([...password].length < shortestPassword) return 'short'
  const plain = password.trim().toLowerCase()
  if (plain === email || plain === email.split('@')[0]) return 'is_email'
  return isObvious(plain) ? 'obvious' : null
}

// A known word, once or repeated, with nothing but digits and marks around it; one or two characters repeated; a count.
function isObvious(plain: string): boolean {
  if (new Set(plain).size <= 2) return true
  if ('01234567890123456789'.includes(plain) || '98765432109876543210'.includes(plain)) return true
  return obvious.some((word) => new RegExp(`^[^a-z]*(?:${word}[^a-z]*)+$`).test(plain))
}
