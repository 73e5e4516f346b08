import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type Transporter } from 'nodemailer'
import { instance } from '#config/instance'
import { mail } from '#config/mail'
import { now } from './clock.ts'
import { secret } from './ids.ts'
import { log } from './log.ts'
import { Permanent } from './outcomes.ts'

/** One mail: a subject and the same words as plain text and as HTML. */
export type Mail = { to: string; subject: string; text: string; html: string }

let transport: Transporter | undefined

/**
 * Sends a mail, or, without an SMTP server, writes it to `KITH_DATA/mail` and to the log. Throws
 * Permanent when the server refuses it for good.
 */
export async function sendMail(message: Mail): Promise<void> {
  if (!mail.smtp) return writeDown(message)
  transport ??= createTransport(mail.smtp)
  try {
    await transport.sendMail({ from: mail.from, ...message })
  } catch (error) {
    const code = Error.isError(error) && 'responseCode' in error ? Number(error.responseCode) : 0
    if (code >= 500) throw new Permanent(`the mail server refused it: ${code}`, { cause: error })
    throw error
  }
}

async function writeDown({ to, subject, text }: Mail): Promise<void> {
  const folder = join(instance.data, 'mail')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${now().toISOString().replaceAll(':', '-')}-${secret(3)}.txt`)
  await writeFile(file, `From: ${mail.from}\nTo: ${to}\nSubject: ${subject}\n\n${text}\n`, { mode: 0o600 })
  log.info({ file, to, subject, text }, 'a mail was written to a file, as SMTP_URL is not set')
}
