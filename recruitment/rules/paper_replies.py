"""Letters to people without an e-mail address, on what they asked of us by letter or telephone."""

from __future__ import annotations

from enum import StrEnum


class Reply(StrEnum):
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    COPY_ASKED = "copy_asked"
    ERASED = "erased"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_REFUSED = "erasure_refused"
    STOPPED = "stopped"


def reply_letter(reply: Reply, title: str, reference: str, contact: str, reason: str = "") -> tuple[str, str]:
    """Subject and text; `contact`: how to reach the body, `reason`: why an erasure is refused."""
    if reply is Reply.WITHDRAWN:
        said = "As you asked, your application is withdrawn. Nobody scores it any more, and you cannot be chosen."
    elif reply is Reply.CORRECTED:
        said = (
            "As you asked, we have corrected your name, address or telephone number. Letters go to the address "
            "that you gave last. If your address has changed, this letter goes to the old one and to the new one."
        )
    elif reply is Reply.COPY_ASKED:
        said = (
            "You asked for a copy of what we hold about you. Somebody here looks at your request first. We then "
            "post the copy to you, within one month of your request."
        )
    elif reply is Reply.ERASED:
        said = (
            "As you asked, your application is erased, with everything you gave us. That there was an application "
            "stays in our figures, without anything that says whose. We keep no copy of this letter once it is "
            "posted."
        )
    elif reply is Reply.ERASURE_ASKED:
        said = (
            "You asked us to erase your application. The shortlist of this vacancy is fixed, so somebody decides "
            "on it. We write to you within one month of your request."
        )
    else:
        said = (
            "You gave notice that we must not use answers of yours to equality questions (Data Protection Act "
            "2018, Schedule 1, paragraph 8). We use none, and ask you none."
        )
    subject = f"What you asked of us: application {reference}"
    if reply is Reply.ERASURE_REFUSED:
        return subject, (
            f"This is about your application for {title}, reference {reference}.\n\n"
            "You asked us to erase your application. We may not do so yet. If you did not ask for this, tell us "
            f"at once:\n{contact}\n\nThe reason is this:\n{reason}\n\n"
            # UK GDPR, Article 12(4).
            "If you do not agree, you may complain to the Information Commissioner. Telephone 0303 123 1113.\n"
        )
    return subject, (
        f"This is about your application for {title}, reference {reference}.\n\n{said}\n\n"
        f"If you did not ask for this, tell us at once:\n{contact}\n"
    )
