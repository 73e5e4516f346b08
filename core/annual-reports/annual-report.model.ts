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

export type Archetype = 'lurker' | 'booster' | 'pollster' | 'replier' | 'oracle'

/** What a member did in a year, in the second version of its shape. */
export type YearData = {
  archetype: Archetype
  time_series: { month: number; statuses: number; followers: number }[]
  top_hashtags: { name: string; count: number }[]
  top_statuses: { by_reblogs: Id | null; by_favourites: Id | null; by_replies: Id | null }
}

/** A year of a member; `data` is null while it is being summed up. */
export class AnnualReport extends Model<
  InferAttributes<AnnualReport>,
  InferCreationAttributes<AnnualReport>
> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare year: number
  declare data: CreationOptional<YearData | null>
  declare readAt: CreationOptional<Date | null>
  declare createdAt: CreationOptional<Date>
}

AnnualReport.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    year: { type: DataTypes.SMALLINT, allowNull: false },
    data: { type: DataTypes.JSONB },
    readAt: { type: DataTypes.DATE },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'annual_reports' },
)
