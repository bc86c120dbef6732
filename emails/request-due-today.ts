import { requestMail } from "@/emails/request-mail";

/** Reminds the holder's people, on the day, of a record request that nobody has answered. */
export const requestDueTodayMail = requestMail({
  subject: (data) => `${data.reference}: due today`,
  heading: (data) => `Your answer to ${data.askingDistrict} is due today`,
  what: () => [
    "Nobody in your district has answered this request for a student’s records yet. Tomorrow it’s overdue.",
    "Answer it with a transfer that comes up filled in, or decline it with a reason.",
  ],
});
