import { timingSafeEqual } from 'node:crypto'
import { hashOf } from './find-token.ts'
import { OauthApp } from './oauth-app.model.ts'

/** Finds the app that has this id and this secret; undefined when there is none. */
export async function authenticateApp(clientId: string, clientSecret: string): Promise<OauthApp | undefined> {
  const app = await OauthApp.findOne({ where: { clientId } })
  const [expected, given] = [Buffer.from(app?.secretHash ?? hashOf('')), Buffer.from(hashOf(clientSecret))]
  return app && timingSafeEqual(expected, given) ? app : undefined
}
