import type { Response } from 'express'

/** Says in a header where the ActivityPub document of this page is (wire 2). */
export const alternateOf = (res: Response, activityId: string): void =>
  void res.set('Link', `<${activityId}>; rel="alternate"; type="application/activity+json"`)
