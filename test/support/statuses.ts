import type { Member } from '#test/factories/account'
import { client } from './client.ts'
import { expectEntity } from './contract.ts'

type Json = Awaited<ReturnType<ReturnType<typeof client>['get']>>['body']

/** Posts a status as an app of its author does, and gives the answer, which is as the contract says. */
export async function writeStatus(author: Member, said: object): Promise<Json> {
  const answer = await client(author).post('/api/v1/statuses', said)
  expect(answer).toMatchObject({ status: 200 })
  expectEntity('Status::SignedIn', answer.body)
  return answer.body
}

/** A status as somebody sees it, or whoever is not logged in. */
export async function readStatus(viewer: Member | undefined, id: string): Promise<Json> {
  const { body } = await client(viewer).get(`/api/v1/statuses/${id}`)
  expectEntity(viewer ? 'Status::SignedIn' : 'Status', body)
  return body
}
