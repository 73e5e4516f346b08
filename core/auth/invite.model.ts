import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
  type NonAttribute,
} from 'sequelize'
import { now } from '#platform/clock'
import { db } from '#platform/db'
import type { Id } from '#platform/ids'

/** A code that lets somebody sign up, also where nobody else may (OAUTH-32). */
export class Invite extends Model<InferAttributes<Invite>, InferCreationAttributes<Invite>> {
  declare id: CreationOptional<Id>
  declare code: string
  declare note: CreationOptional<string>
  /** Null when it may be used without end. */
  declare maxUses: CreationOptional<number | null>
  declare uses: CreationOptional<number>
  declare expiresAt: CreationOptional<Date | null>
  declare createdAt: CreationOptional<Date>

  /** May somebody still sign up with it? */
  get isOpen(): NonAttribute<boolean> {
    const isUsedUp = this.maxUses !== null && this.uses >= this.maxUses
    return !isUsedUp && (this.expiresAt === null || this.expiresAt > now())
  }
}

Invite.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    code: { type: DataTypes.TEXT, allowNull: false },
    note: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    maxUses: { type: DataTypes.INTEGER },
    uses: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    expiresAt: { type: DataTypes.DATE },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'invites' },
)
