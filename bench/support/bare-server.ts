import type { AddressInfo } from 'node:net'
import express from 'express'
import { row } from '#platform/db'

// The least that a page of posts could cost in this stack: one query by primary key, one answer of the same size.
const body = JSON.stringify({ text: 'x'.repeat(Number(process.argv[2]) - 11) })
const app = express().disable('x-powered-by').set('etag', false)

app.get('/posts/:id', async (req, res) => {
  const found = await row({}, 'SELECT id, author_id, text FROM posts WHERE id = $1', [req.params.id])
  res
    .status(found ? 200 : 404)
    .type('json')
    .send(body)
})

const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
