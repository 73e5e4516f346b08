import { instance } from '#config/instance'
import { type Letter } from './letter.ts'

/** Tells a member that the password is another one now. */
export const passwordChanged = ({ username }: { username: string }): Letter => ({
  subject: `Your password for ${instance.domain} was changed`,
  greeting: `Hello @${username},`,
  paragraphs: [`the password of this account at ${instance.domain} has just been changed.`],
  action: { label: 'Set a new password', url: `${instance.origin}/forgot-password` },
  closing: 'If that was you, all is well. If not, somebody else may be in: set a new password at once.',
})
