import express, { type Express } from 'express'
import { instance } from '#config/instance'
import { NotFound } from '#platform/errors'
import { oauthEndpoints } from './auth/oauth-endpoints.ts'
import { defaultPictures } from './default-pictures.ts'
import { activityPub, admitActivity } from './middleware/activitypub.ts'
import { answerErrors } from './middleware/answer-errors.ts'
import { dress, openToAll, tolerateSuffix } from './middleware/dress.ts'
import { mediaFiles } from './media-files.ts'
import { mediaProxy } from './media-proxy.ts'
import { logRequests } from './middleware/log-requests.ts'
import { mountRoutes } from './mount.ts'
import { openApi } from './openapi/openapi.ts'
import { assetFiles } from './pages/asset-files.ts'
import { mountPages } from './pages/pages.ts'
import { answerProbes } from './probes.ts'
import { streaming } from './streaming/streaming.ts'

// Where the bearer of a token is known by the token alone; pages know theirs by a cookie and are open to nobody else.
const open = /^\/((api|\.well-known|nodeinfo|oauth\/(token|revoke|introspect|userinfo))(\/|$)|@|users\/)/i

/** Puts together everything that people reach over HTTP; what is asked for most stands first. */
export async function buildApp(): Promise<Express> {
  const app = express()
  app.set('trust proxy', instance.trustedProxies)
  app.set('etag', false)
  app.disable('x-powered-by')
  app.use(dress)
  app.use(admitActivity)
  app.use(answerProbes)
  app.use(logRequests)
  app.use(openToAll(open), tolerateSuffix)
  const { router, list } = await mountRoutes()
  app.use(router)
  app.use(streaming)
  app.use(oauthEndpoints)
  app.use(openApi(list))
  app.use(activityPub)
  app.use(mediaFiles, mediaProxy)
  app.use(assetFiles)
  app.use(await mountPages())
  app.use(defaultPictures)
  app.use(() => {
    throw new NotFound()
  })
  app.use(answerErrors)
  return app
}
