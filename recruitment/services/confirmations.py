"""The letter that confirms an application, sealed before it is stored."""

from __future__ import annotations

from recruitment.rules.messages import ENGLISH
from recruitment.services.post import in_language
from recruitment.services.vacancies import AdvertisedCampaign
from recruitment.vault.sealing.contact import Letter


def confirmation(
    advert: AdvertisedCampaign, email: str, reference: str, copy_text: str, language: str = ENGLISH
) -> Letter:
    """The letter that says what was received, with the copy of what was sent, in the candidate's language."""
    letter = Letter(
        to=email,
        subject=f"We have received your application: {reference}",
        body=(
            f"Thank you for applying to {advert.organisation}: {advert.title}.\n\n"
            f"Your reference is {reference}. A copy of what you sent is attached.\n\n"
            "Shortlisters will read your answers without your name or personal details. "
            "We will write to you when the shortlist is complete.\n"
        ),
        attachment_name=f"application-{reference}.txt",
        attachment=f"Reference: {reference}\n\n{copy_text}",
    )
    return in_language(letter, language)


def draft_beside(advert: AdvertisedCampaign, email: str, reference: str, language: str = ENGLISH) -> Letter:
    """Tells somebody whose application a colleague typed that what they began on the site was not sent."""
    letter = Letter(
        to=email,
        subject=f"What you began on our site is not sent: {advert.title}",
        body=(
            f"We sent the application that you gave us by telephone or on paper, reference {reference}. You had "
            "also begun one on our site. That one is not sent, and nothing in it is lost.\n\n"
            "You need not do anything. If you want that one to count instead, sign in, withdraw the one we sent "
            "and send yours before the closing time.\n"
        ),
    )
    return in_language(letter, language)
