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

/** A link that was mailed: it confirms an address or lets a password be set anew. */
export class Verification extends Model<
  InferAttributes<Verification>,
  InferCreationAttributes<Verification>
> {
  declare id: CreationOptional<Id>
  declare userId: Id
  declare kind: 'confirm-email' | 'reset-password'
  declare tokenHash: string
  declare email: string
  declare createdAt: CreationOptional<Date>
  declare expiresAt: Date
}

Verification.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    userId: { type: DataTypes.BIGINT, allowNull: false },
    kind: { type: DataTypes.TEXT, allowNull: false },
    tokenHash: { type: DataTypes.TEXT, allowNull: false },
    email: { type: DataTypes.TEXT, allowNull: false },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    expiresAt: { type: DataTypes.DATE, allowNull: false },
  },
  { sequelize: db, tableName: 'verifications' },
)
