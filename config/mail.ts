import { z } from 'zod'
import { instance } from './instance.ts'
import { address, read } from './read.ts'

const env = read({
  SMTP_URL: address('smtp', 'smtps').optional(),
  MAIL_FROM: z.string().optional(),
})

/** Outgoing mail. Without `smtp`, mails are written to files in the data folder. */
export const mail = Object.freeze({
  smtp: env.SMTP_URL,
  from: env.MAIL_FROM ?? `Kith <noreply@${instance.domain.replace(/:\d+$/, '')}>`,
})
