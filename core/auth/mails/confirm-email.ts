import { instance } from '#config/instance'
import { type Letter } from './letter.ts'

/** Asks a newcomer to confirm their address. */
export const confirmEmail = ({ username, token }: { username: string; token: string }): Letter => ({
  subject: `Confirm your address for ${instance.domain}`,
  greeting: `Hello @${username},`,
  paragraphs: [`somebody, hopefully you, has signed up at ${instance.domain} with this address.`],
  action: { label: 'Confirm this address', url: `${instance.origin}/confirm?token=${token}` },
  closing: 'The link works for a day. If it was not you, do nothing: without it the account does not open.',
})
