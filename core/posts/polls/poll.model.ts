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

/** The question of a post: its options and how many chose each. */
export class Poll extends Model<InferAttributes<Poll>, InferCreationAttributes<Poll>> {
  declare id: CreationOptional<Id>
  declare postId: Id
  declare options: string[]
  declare tallies: number[]
  declare votersCount: CreationOptional<number | null>
  declare isMultiple: CreationOptional<boolean>
  declare hidesTotals: CreationOptional<boolean>
  declare expiresAt: CreationOptional<Date | null>
  declare closedAt: CreationOptional<Date | null>
  declare fetchedAt: CreationOptional<Date | null>
}

Poll.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    postId: { type: DataTypes.BIGINT, allowNull: false },
    options: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
    tallies: { type: DataTypes.ARRAY(DataTypes.INTEGER), allowNull: false },
    votersCount: { type: DataTypes.INTEGER },
    isMultiple: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    hidesTotals: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    expiresAt: { type: DataTypes.DATE },
    closedAt: { type: DataTypes.DATE },
    fetchedAt: { type: DataTypes.DATE },
  },
  { sequelize: db, tableName: 'polls' },
)
