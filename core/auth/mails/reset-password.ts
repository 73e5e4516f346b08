import { instance } from '#config/instance'
import { type Letter } from './letter.ts'

/** Lets a member who forgot the password set another. */
export const resetPasswordMail = ({ username, token }: { username: string; token: string }): Letter => ({
  subject: `Set a new password for ${instance.domain}`,
  greeting: `Hello @${username},`,
  paragraphs: [
    `somebody, hopefully you, has asked for a new password for this account at ${instance.domain}.`,
  ],
  action: { label: 'Set a new password', url: `${instance.origin}/reset-password?token=${token}` },
  closing: 'The link works for half an hour. If it was not you, do nothing: the password stays as it is.',
})
