import type { UnitOfWork } from '#libs/persistence';
import { Projection, type ProjectionState } from './projection.js';

export class ProjectionPgStore extends Projection {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async state(): Promise<ProjectionState> {
    const [row] = await this.unitOfWork.read<ProjectionState[]>((manager) =>
      manager.query('select p.generation, p.resetting from history.projection as p where p.id = 1'),
    );
    return row!;
  }
}
