import { Op, type WhereOptions } from 'sequelize'
import { Account } from '#core/accounts/account.model'
import { Follow } from '#core/relationships/follow.model'
import { Mute } from '#core/relationships/mute.model'
import { db, rows } from '#platform/db'
import { cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'

const wrong: [string, unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['a Date', new Date()],
  ['an empty object', {}],
  ['a text', 'id = 1'],
  ['an undefined owner', { followerId: undefined }],
  ['an undefined owner beside others', { state: 'accepted', followerId: undefined }],
  ['an undefined owner further down', { [Op.or]: [{ id: '1' }, { [Op.and]: [{ followerId: undefined }] }] }],
]

test.each(wrong)(
  'CVE-2023-22579: with %s for a condition nothing is found, changed or deleted',
  async (_, value) => {
    const { alice, bob } = await cast('alice', 'bob')
    await follow(alice, bob)
    const where = value as WhereOptions
    for (const attempt of [
      () => Follow.findAll({ where }),
      () => Follow.findOne({ where }),
      () => Follow.count({ where }),
      () => Follow.findAndCountAll({ where }),
      () => Follow.update({ state: 'pending' }, { where }),
      () => Follow.destroy({ where }),
    ])
      await expect(attempt()).rejects.toThrow()
    expect(await Follow.findAll()).toEqual([expect.objectContaining({ state: 'accepted' })])
  },
)

test('CVE-2023-22579: every model is guarded', async () => {
  await cast('alice')
  const all = Object.values(db.models)
  expect(all.length).toBeGreaterThan(20)
  for (const model of all) {
    const column = Object.keys(model.getAttributes())[0]!
    for (const where of [{}, { [column]: undefined }] as WhereOptions[]) {
      await expect(model.destroy({ where })).rejects.toThrow()
      await expect(model.update({}, { where })).rejects.toThrow()
      await expect(model.findOne({ where })).rejects.toThrow()
    }
  }
  expect(await Account.count()).toBeGreaterThan(0)
})

test('what has a condition, or says that everything is meant, goes on', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await Mute.create({ muterId: alice.account.id, mutedId: bob.account.id })
  expect(await Mute.findAll()).toHaveLength(1)
  expect(await Mute.count({ where: { expiresAt: null } })).toBe(1)
  await Mute.update({ hidesNotifications: false }, { where: { muterId: alice.account.id } })
  await Mute.destroy({ truncate: true })
  expect(await rows({}, 'SELECT 1 FROM mutes')).toEqual([])
})
