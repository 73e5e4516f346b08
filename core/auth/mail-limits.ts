import { RateLimit } from '#platform/rate-limit'
import type { VerificationKind } from './send-verification.ts'

// Whoever asks, from wherever and by whichever way: one mailbox gets so many (CVE-2025-54879).
const limits: Record<VerificationKind, RateLimit> = {
  'confirm-email': new RateLimit({
    name: 'confirmations-mailbox',
    points: 5,
    seconds: 1800,
    failsClosed: true,
  }),
  'reset-password': new RateLimit({ name: 'resets-mailbox', points: 3, seconds: 3600, failsClosed: true }),
}

/**
 * Counts one mail with a link against its mailbox, which spellings and tags do not change; whether anybody here has the
 * address makes no difference. Throws TooMany, or Unavailable while Redis is away.
 */
export const assertMayMail = (kind: VerificationKind, email: string): Promise<void> =>
  limits[kind].take(email.toLowerCase().replace(/\+[^@]*@/, '@'))
