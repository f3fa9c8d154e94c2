// Which task of Slurm this process belongs to, and how often that was started. Slurm starts a task anew only after it has ended the
// one before or lost its node; so an earlier start of the same task holds nothing any more, on whatever node it ran.

/** A task of a job, or the job itself where it is no array. */
export interface SlurmTask {
  /** `CLUSTER/JOB/TASK`; a requeued task keeps it. */
  readonly task: string;
  /** 0 at first. */
  readonly restarts: number;
}

/** From the environment that Slurm gives its jobs (sbatch(1), "output environment variables"); undefined outside of one. */
export function slurmTask(env: NodeJS.ProcessEnv = process.env): SlurmTask | undefined {
  const job = env['SLURM_ARRAY_JOB_ID'] ?? env['SLURM_JOB_ID'];
  if (job === undefined) return undefined;
  const restarts = Number(env['SLURM_RESTART_COUNT'] ?? 0);
  return { task: `${env['SLURM_CLUSTER_NAME'] ?? ''}/${job}/${env['SLURM_ARRAY_TASK_ID'] ?? ''}`, restarts };
}

/** Whether `holder` is of an earlier start of the task that `own` is of. */
export const isEarlierStart = (holder: SlurmTask | undefined, own: SlurmTask | undefined): boolean =>
  own !== undefined && holder?.task === own.task && holder.restarts < own.restarts;
