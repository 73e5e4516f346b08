import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Router } from 'express'
import { pageHeaders } from '../pages/headers.ts'
import { html, raw } from '../pages/html.ts'
import type { Route } from '../routes.ts'
import { openApiDocument } from './document.ts'

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const { version } = JSON.parse(readFileSync(join(swagger, 'package.json'), 'utf8')) as { version: string }
const from = (folder: string, name: string) => join(folder, name)

/** What the page is made of; under the version of Swagger UI, so that it may be kept. */
const parts: Record<string, [file: string, type: string]> = {
  'swagger-ui.css': [from(swagger, 'swagger-ui.css'), 'text/css'],
  'swagger-ui-bundle.js': [from(swagger, 'swagger-ui-bundle.js'), 'text/javascript'],
  'start.js': [new URL('start.js', import.meta.url).pathname, 'text/javascript'],
}
const at = (name: string): string => `/assets/api-${version}/${name}`

const page = html`${raw('<!doctype html>')}
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>API</title>
      <link rel="stylesheet" href="${at('swagger-ui.css')}" />
    </head>
    <body>
      <div id="api" data-document="/api/openapi.json"></div>
      <script src="${at('start.js')}"></script>
      <script src="${at('swagger-ui-bundle.js')}"></script>
    </body>
  </html>`.text

/** `GET /api/openapi.json`: the API as an OpenAPI 3.1 document. `GET /docs/api`: a page to read and try it. */
export function openApi(routes: readonly Route[]): Router {
  const document = JSON.stringify(openApiDocument(routes))
  return Router()
    .get('/api/openapi.json', (_req, res) => {
      res.set('Cache-Control', 'public, max-age=300').type('json').send(document)
    })
    .get('/docs/api', pageHeaders, (_req, res) => {
      res.set('Cache-Control', 'public, max-age=300').type('html').send(page)
    })
    .get(at(':name'), (req, res, next) => {
      const name = String(req.params.name)
      const [file, type] = (Object.hasOwn(parts, name) && parts[name]) || []
      if (!file || !type) return next()
      res.set('Cache-Control', 'public, max-age=86400').type(type).send(readFileSync(file))
    })
}
