import { Table } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './tables.module.css';

export interface TableColumn<Row> {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** On a narrow screen a line below the first cell. */
  readonly wide?: boolean;
  /** What it holds is in no language of the console's: names, ids, texts of others. */
  readonly data?: boolean;
  /** Where several tables stand below each other, their columns do too. */
  readonly width?: string;
}

interface RowTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** The first one heads the row: its link or button is what `j` and `k` move to. */
  readonly columns: readonly TableColumn<Row>[];
  readonly idOf: (row: Row) => string;
  readonly minWidth?: number;
}

/** A plain table, one row each. */
export function RowTable<Row>({ label, rows, columns, idOf, minWidth = 720 }: RowTableProps<Row>) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const shown = columns.filter(({ wide }) => !narrow || !wide);
  const below = narrow ? columns.filter(({ wide }) => wide) : [];
  return (
    <Table.ScrollContainer minWidth={narrow ? 280 : minWidth} type="native">
      <Table className={classes.table} highlightOnHover horizontalSpacing={narrow ? 'xs' : 'md'} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {shown.map(({ key, label: name, width }) => (
              <Table.Th key={key} scope="col" w={narrow ? undefined : width}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={idOf(row)} data-row={idOf(row)}>
              {shown.map(({ key, cell, data }, index) =>
                index === 0 ? (
                  <Table.Th key={key} scope="row">
                    <div data-value={data}>{cell(row)}</div>
                    {below.length > 0 ? <Below row={row} columns={below} /> : null}
                  </Table.Th>
                ) : (
                  <Table.Td key={key} data-value={data}>
                    {cell(row)}
                  </Table.Td>
                ),
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Below<Row>({ row, columns }: { readonly row: Row; readonly columns: readonly TableColumn<Row>[] }) {
  return (
    <dl className={classes.below}>
      {columns.map(({ key, label, cell, data }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd data-value={data}>{cell(row)}</dd>
        </div>
      ))}
    </dl>
  );
}
