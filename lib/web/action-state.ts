/** What a form's action answers; the form keeps what was typed and shows each sentence beside its field. */
export type ActionState =
  | { status: "idle" }
  | {
      status: "problem";
      summary: string;
      fields: Record<string, string>;
      values: Record<string, string | string[]>;
      data?: unknown;
    }
  | { status: "done"; message?: string; data?: unknown };
