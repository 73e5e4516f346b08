import { Router } from 'express'
import { findAsset, icon } from '#server/pages/assets'

/** Style, script and mark of the pages, which never change under one name; open to anybody, without cookies. */
export const assetFiles = Router()
  .get('/assets/:name', (req, res, next) => {
    const asset = findAsset(req.path)
    if (!asset) return next()
    res.set('Cache-Control', 'public, max-age=31536000, immutable').set('Access-Control-Allow-Origin', '*')
    res.type(asset.type).send(asset.body)
  })
  .get('/favicon.ico', (_req, res) => {
    res.set('Cache-Control', 'public, max-age=86400').type(icon.type).send(icon.body)
  })
