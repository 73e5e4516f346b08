import { instance } from '#config/instance'
import type { Letter } from './letter.ts'

/** Tells a newcomer that somebody has let them in. */
export const letIn = ({ username }: { username: string }): Letter => ({
  subject: `Welcome to ${instance.domain}`,
  greeting: `Hello @${username},`,
  paragraphs: [`your account at ${instance.domain} is open now. It is good to have you here.`],
  action: { label: 'Log in', url: `${instance.origin}/log-in` },
  closing:
    'You can also log in with any app for Mastodon: it asks for the name of your server, which is above.',
})
