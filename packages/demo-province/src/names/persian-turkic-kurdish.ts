import { nameList } from './name-list.ts';

/** Afghan, Turkish and Kurdish names; Turkish letters are lost in different ways by different clerks. */
export const persianTurkicKurdish = nameList('PERSO_ARABIC', {
  male: `Ahmad/Ahmed/Ahmet Mohammad/Mohamad/Mehmet Reza/Riza/Rıza Ali/Aly Hamid/Hameed/Hamit Najib/Najeeb/Nadjib
    Farid/Fareed/Ferit Jawad/Javad/Cevat Mustafa/Mostafa Omid/Umit/Ümit Zabihullah/Zabiullah Sayed/Said/Seyit
    Abdul/Abdol Rahmat/Rahmatullah Baran/Barran Azad/Azat Serhat/Serhad Yusuf/Youssouf/Yousef Murat/Mourad/Murad
    Hüseyin/Huseyin/Hussein Emre/Emreh Ibrahim/İbrahim/Ebrahim Kerim/Karim Navid/Naweed`,
  female: `Zahra/Zehra/Zohra Fatima/Fatma/Fateme Maryam/Meryem/Mariam Laila/Leyla/Leila Shirin/Şirin/Shereen
    Nasrin/Nesrin Parwana/Parvana/Pervane Zeynep/Zainab/Zeinab Roya/Röya Sahar/Seher Elif/Alif Freshta/Fereshta
    Dilan/Dylan Berivan/Bêrîvan Hosna/Husna Ayşe/Ayse/Aisha`,
  family: `Ahmadi/Ahmady Rahimi/Raheemi Karimi/Kareemi Hosseini/Husseini/Hussaini Noori/Nuri Sultani/Soltani
    Haidari/Heidari/Haydari Mohammadi/Muhammadi Yousufzai/Yusufzai Stanikzai/Stanekzai Yılmaz/Yilmaz Kaya/Kaia
    Demir/Demır Çelik/Celik/Chelik Şahin/Sahin/Shahin Öztürk/Ozturk/Oeztuerk Aydın/Aydin Arslan/Aslan Doğan/Dogan
    Kılıç/Kilic/Kilitsch Barzani/Barzany Ismail/İsmail/Esmail Amiri/Ameeri Popal/Popalzai Wardak/Vardak Sadat/Sadaat
    Akbari/Akbary Azizi/Azizy Habibi/Habiby Jan/Djan`,
});
