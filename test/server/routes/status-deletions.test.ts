import { Medium } from '#core/media/medium.model'
import { cast, type Member } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

const upload = (owner: Member) =>
  Medium.create({
    ownerId: owner.account.id,
    state: 'ready',
    kind: 'image',
    fileKey: 'a.png',
    meta: { original: { width: 4, height: 3 } },
  })

test.each([
  ['', 200],
  ['?delete_media=false', 200],
  ['?delete_media=true', 422],
])(
  'STAT-19 STAT-20 INST-06 after a deletion%s the media can be attached again: %i',
  async (query, expected) => {
    const { alice } = await cast('alice')
    const medium = await upload(alice)
    const app = client(alice)
    const { body } = await app.post('/api/v1/statuses', { status: 'x', media_ids: [medium.id] })
    const deleted = await app.delete(`/api/v1/statuses/${body.id}${query}`)
    expectEntity('DeletedStatus', deleted.body)
    expect(deleted.body).toMatchObject({ text: 'x', media_attachments: [{ id: medium.id }] })
    await settle()
    const again = await app.post('/api/v1/statuses', { status: 'y', media_ids: [medium.id] })
    expect(again.status).toBe(expected)
    expect((await app.get(`/api/v1/statuses/${body.id}`)).status).toBe(404)
  },
)
