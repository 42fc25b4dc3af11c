"""The words that names are put together from, with every letter of Turkish; no name is looked up anywhere."""

from typing import Final

_PLACE_BEGINNINGS: Final = (
    "Ak", "Kara", "Gök", "Yeşil", "Kızıl", "Sarı", "Boz", "Alaca", "Uzun", "Yassı", "Çam", "Söğüt", "Ceviz", "Elma",
    "İncir", "Üzüm", "Çınar", "Ihlamur", "Ardıç", "Meşe", "Kayın", "Şahin", "Doğan", "Ördek", "Güvercin", "Gül",
    "Lâle", "Çiğdem", "Büyük", "Küçük", "Eski", "Yeni", "Yukarı", "Aşağı", "Orta", "İç", "Sazlı", "Tuz", "Demir",
    "Gümüş",
)  # fmt: skip
_PLACE_ENDINGS: Final = (
    "pınar", "dere", "köy", "hisar", "kale", "ova", "tepe", "bağ", "su", "göl", "kent", "yurt", "dağ", "çay", "yazı",
    "kaya", "taş", "oluk", "burun", "konak", "öz", "bük", "ağıl", "sazlık", "ören", "ırmak", "çeşme",
)  # fmt: skip
# Have no divisor in common with the number of names, so that neighbours are called unlike and none twice.
_PLACE_STRIDE, _SUBJECT_STRIDE = 407, 389

MINISTRIES: Final = (
    "Öğretim ve Yetiştirme", "Nüfus ve Yerel Yönetimler", "Halk Sağlığı", "Çiftçilik ve Ormancılık", "Dış İlişkiler",
    "Maliye ve Bütçe", "Adliye", "Çalışma Hayatı", "İmar ve Şehirler", "Ulaşım ve Haberleşme", "Sanayi ve Buluş",
    "İç ve Dış Ticaret", "Enerji ve Madenler", "Kültür Varlıkları ve Gezi", "Gençler ve Spor", "Aile ve Toplum",
    "Yurt Savunması",
)  # fmt: skip
FIELDS: Final = (
    "Öğretim", "Nüfus", "Sağlık", "Çiftçilik ve Orman", "Mal", "Adliye", "Çalışma", "İmar", "Ulaşım", "Sanayi",
)  # fmt: skip
"""What the offices of ministries in provinces and districts are called by."""

SUBJECTS: Final = (
    "Yaş Sebze ve Meyve", "Su Ürünleri", "Ölçü ve Ayar", "Kıyı ve Göl", "Yapı Denetimi", "İş Sağlığı ve Güvenliği",
    "Çocuk Bakımı", "Ağır Taşıt", "Yolcu Taşımacılığı", "Deniz Çevresi", "Orman Köylüleri", "Tohumluk ve Fidan",
    "Arıcılık", "İçme Suyu", "Atık Su", "Gürültü", "Işık Kirliliği", "Kültür Varlığı", "Kütüphane", "Müze ve Ören Yeri",
    "Özel Öğretim", "Yaygın Eğitim", "Öğrenci Yurdu", "Burs ve Kredi", "Okul Servisi", "Aile Hekimliği",
    "Ağız ve Diş Sağlığı", "Evde Bakım", "Kan Bağışı", "Eczane", "Vergi İadesi", "Gümrük Antreposu", "Serbest Bölge",
    "Tüketici Hakları", "Şirket Sicili", "Esnaf ve Sanatkâr", "Kooperatif", "İhale", "Kamu Konutu", "Hazine Taşınmazı",
    "Kadastro", "Tapu Kütüğü", "Adres Kayıt", "Yabancı Çalışma İzni", "İş Arayan", "Engelli Hakları", "Şehit Yakını",
    "Gençlik Kampı", "Spor Tesisi", "Amatör Spor", "Maden Arama", "Doğal Gaz", "Rüzgâr Enerjisi", "Elektrik Üretimi",
    "Afet ve Acil Durum", "Yangın Önleme", "Trafik", "Muhtarlık", "Hâl", "İskân",
)  # fmt: skip
MATTERS: Final = (
    "Kayıt", "Denetim", "Destekleme", "İzin", "Belgelendirme", "Tescil", "İzleme", "Yönetim", "Planlama", "Eğitim",
    "Değerlendirme", "Uygulama", "Sınıflandırma", "Bildirim", "Ücret", "Arşiv", "Görev", "Çalışma", "Sınav", "Ödül",
)  # fmt: skip
HONOURS: Final = (
    "Cumhuriyet", "Hürriyet", "Yıldız", "Güneş", "Barış", "Zafer", "Atılım", "Başarı", "Bilgi", "Çağdaş", "Doğa",
    "Millî Emek", "Fidan", "Gelecek", "Işık", "İnci", "Kardelen", "Lâle", "Menekşe", "Nergis", "Özgürlük", "Papatya",
    "Sükûn", "Şafak", "Toprak", "Ufuk", "Ümit", "Vatan", "Yağmur", "Zeytin",
)  # fmt: skip
FACULTIES: Final = (
    "Tıp", "Hukuk", "Mühendislik", "Fen", "Edebiyat", "Ziraat", "Eğitim", "İktisat", "Mimarlık", "İletişim",
)  # fmt: skip
SCIENCES: Final = (
    "Matematik", "Fizik", "Kimya", "Biyoloji", "Tarih", "Coğrafya", "Felsefe", "Psikoloji", "Jeoloji", "Makine",
    "İnşaat", "Bilgisayar", "İşletme", "Sosyoloji", "Arkeoloji", "Gıda", "Orman", "Cerrahi", "Dilbilim", "İstatistik",
)  # fmt: skip
MUNICIPAL_OFFICES: Final = (
    "Zabıta", "İmar ve Şehircilik", "Fen İşleri", "Temizlik İşleri", "Park ve Bahçeler", "Evlendirme",
    "Emlâk ve İstimlâk", "Mezarlıklar", "Ruhsat ve Denetim", "Kültür İşleri", "Destek Hizmetleri", "Yazı İşleri",
)  # fmt: skip
SUPPORT_UNITS: Final = (
    ("Strateji Geliştirme Başkanlığı", "department_presidency", "strategy"),
    ("Hukuk Hizmetleri Genel Müdürlüğü", "directorate_general", "legal"),
    ("Personel Genel Müdürlüğü", "directorate_general", "personnel"),
    ("Bilgi İşlem Dairesi Başkanlığı", "department", "informatics"),
)
DOCUMENT_FORMS: Final = (
    ("Belgesi", "document"), ("Beyanı", "declaration"), ("Dilekçesi", "petition"), ("Başvuru Formu", "form"),
    ("Raporu", "report"), ("Ruhsatı", "permit"), ("Makbuzu", "receipt"), ("Kayıt Örneği", "record_extract"),
    ("Kartı", "identity"), ("Sözleşmesi", "contract"), ("Kararı", "decision"), ("Krokisi", "drawing"),
    ("Üst Yazısı", "letter"), ("Sertifikası", "certificate"), ("Vekâletnamesi", "power_of_attorney"),
    ("İlâmı", "court_decision"),
)  # fmt: skip
ELEMENT_FORMS: Final = (
    ("numarası", "number"), ("tarihi", "date"), ("adı", "text"), ("türü", "code"), ("tutarı", "amount"),
    ("konumu", "geometry"), ("açıklaması", "text"), ("görüntüsü", "image"), ("adedi", "number"), ("durumu", "code"),
)  # fmt: skip
CONDITIONS: Final = (
    "yabancılar için", "vekil aracılığıyla başvuruluyorsa", "kiracı ise", "tüzel kişiler için",
    "18 yaşından küçükler için", "değişiklik varsa",
)  # fmt: skip
_GENITIVE_VOWELS: Final = {"i": "i", "e": "i", "ı": "ı", "a": "ı", "u": "u", "o": "u", "ü": "ü", "ö": "ü"}
ROLES: Final = ("Memur", "Şef", "Şube Müdürü", "Daire Başkanı", "Genel Müdür Yardımcısı", "Genel Müdür", "Müdür")


def place_name(number: int) -> str:
    """The name of a place; the first 1,080 are unlike."""
    among = len(_PLACE_BEGINNINGS) * len(_PLACE_ENDINGS)
    turn, spot = divmod(number, among)
    ending, beginning = divmod(spot * _PLACE_STRIDE % among, len(_PLACE_BEGINNINGS))
    name = _PLACE_BEGINNINGS[beginning] + _PLACE_ENDINGS[ending]
    return name if turn == 0 else f"{name} {turn + 1}"


def subject(number: int) -> str:
    """What something is about, such as `Su Ürünleri Denetim`; the first 1,200 are unlike, the others are numbered."""
    among = len(SUBJECTS) * len(MATTERS)
    turn, spot = divmod(number, among)
    spot = spot * _SUBJECT_STRIDE % among
    about = f"{SUBJECTS[spot % len(SUBJECTS)]} {MATTERS[(spot + spot // len(SUBJECTS)) % len(MATTERS)]}"
    return about if turn == 0 else f"{turn + 1}. Grup {about}"


def genitive(compound: str) -> str:
    """A compound in the genitive: `Belgesi` gives `Belgesinin`, `Makbuzu` gives `Makbuzunun`."""
    vowel = next(letter for letter in reversed(compound) if letter in _GENITIVE_VOWELS)
    return f"{compound}n{_GENITIVE_VOWELS[vowel]}n"
