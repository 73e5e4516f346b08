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

/** Somebody follows somebody, or asks to. */
export class Follow extends Model<InferAttributes<Follow>, InferCreationAttributes<Follow>> {
  declare id: CreationOptional<Id>
  declare followerId: Id
  declare followedId: Id
  declare state: 'pending' | 'accepted'
  declare uri: CreationOptional<string | null>
  declare showsBoosts: CreationOptional<boolean>
  declare notifies: CreationOptional<boolean>
  declare languages: CreationOptional<string[] | null>
  declare createdAt: CreationOptional<Date>
}

Follow.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    followerId: { type: DataTypes.BIGINT, allowNull: false },
    followedId: { type: DataTypes.BIGINT, allowNull: false },
    state: { type: DataTypes.TEXT, allowNull: false },
    uri: { type: DataTypes.TEXT },
    showsBoosts: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    notifies: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    languages: { type: DataTypes.ARRAY(DataTypes.TEXT) },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'follows' },
)
