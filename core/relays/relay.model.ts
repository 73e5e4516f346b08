import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import { db } from '#platform/db'
import type { Id } from '#platform/ids'

/** Who follows what: everything public at an inbox, or an actor that follows back (FEP-ae0c). */
export const relayKinds = ['mastodon', 'litepub'] as const
export type RelayKind = (typeof relayKinds)[number]

export type RelayState = 'pending' | 'accepted' | 'rejected'

/** A relay that this instance asked to take it in. */
export class Relay extends Model<InferAttributes<Relay>, InferCreationAttributes<Relay>> {
  declare id: CreationOptional<Id>
  declare url: string
  declare kind: RelayKind
  declare state: CreationOptional<RelayState>
  declare inboxUrl: string
  declare domain: string
  /** Who speaks for it; null for a Mastodon-style one that has not answered yet. */
  declare accountId: CreationOptional<Id | null>
  declare followUri: string
  declare answeredAt: CreationOptional<Date | null>
  declare followedBackAt: CreationOptional<Date | null>
  declare lastProblem: CreationOptional<string | null>
  declare createdAt: CreationOptional<Date>
}

Relay.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    url: { type: DataTypes.TEXT, allowNull: false },
    kind: { type: DataTypes.TEXT, allowNull: false },
    state: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    inboxUrl: { type: DataTypes.TEXT, allowNull: false },
    domain: { type: DataTypes.TEXT, allowNull: false },
    accountId: { type: DataTypes.BIGINT },
    followUri: { type: DataTypes.TEXT, allowNull: false },
    answeredAt: { type: DataTypes.DATE },
    followedBackAt: { type: DataTypes.DATE },
    lastProblem: { type: DataTypes.TEXT },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'relays' },
)
