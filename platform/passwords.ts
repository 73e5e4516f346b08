import { hash, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'

// Argon2id is the library's default algorithm; 19 MiB and two passes are what OWASP asks for.
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Gives a password's Argon2id hash, made in the thread pool. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), strength)

let nobody: Promise<string> | undefined

/**
 * Is this the password behind `hash`? Without a hash the answer is no, after as much work as with one: how long it
 * takes does not tell whether somebody exists.
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(32).toString('base64'))
  const isRight = await verify(hash?.startsWith('$argon2') ? hash : await nobody, password.normalize('NFKC'))
  return isRight && hash !== undefined
}
