import { commonPasswords } from './common-passwords.ts'
import type { ProblemCode } from '../field-problems.ts'

/** 8 to 128 characters of any kind, none of the best known, not one's own name or address (threats I1). */
export function checkPassword(password: string, own: readonly string[] = []): ProblemCode | undefined {
  const length = [...password].length
  if (length === 0) return 'ERR_BLANK'
  if (length < 8) return 'ERR_TOO_SHORT'
  if (length > 128) return 'ERR_TOO_LONG'
  const plain = password.toLowerCase()
  const isKnown = commonPasswords.has(plain) || own.some((each) => each.toLowerCase() === plain)
  return isKnown ? 'ERR_TOO_COMMON' : undefined
}
